import { parts } from "../text";

/** What somebody wrote: paragraphs and web links, never HTML. */
export function PlainText({ text }: { text: string }) {
  return (
    <div class="prose" dir="auto">
      {text.split(/\n{2,}/).map((paragraph, at) => (
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
