import { clean, parts } from "../text";

/** What somebody wrote: paragraphs and web links, never HTML, and no sign that hides or turns words round. */
export function PlainText({ text }: { text: string }) {
  return (
    <div class="prose" dir="auto">
      {clean(text)
        .split(/\n{2,}/)
        .map((paragraph, at) => (
          <p key={at}>
            {parts(paragraph).map((part, index) =>
              part.url ? (
                <a key={index} href={part.url} rel="noopener noreferrer nofollow ugc" target="_blank">
                  {part.text}
                </a>
              ) : (
                part.text
              ),
            )}
          </p>
        ))}
    </div>
  );
}
