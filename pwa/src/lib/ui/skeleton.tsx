import { useEffect, useState } from "preact/hooks";
import { t } from "../said";

/** Grey lines where text will be, only if it takes longer than 200 ms. `page`: they stand for a whole page. */
export function Skeleton({ lines = 4, page = false }: { lines?: number; page?: boolean }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  const said = page ? <h1 class="away">{t("loading")}</h1> : <span class="away">{t("loading")}</span>;
  if (!late) return <div class="skeleton" />;
  return (
    <div class="skeleton" role="status">
      {said}
      {Array.from({ length: lines }, (_, at) => (
        <span class="bone" key={at} />
      ))}
    </div>
  );
}
