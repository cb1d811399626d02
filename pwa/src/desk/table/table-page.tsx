import { Title } from "../../lib/ui";
import { me } from "../account";
import { DeskOf } from "../gate";
import { Table } from "./table";
import { t } from "./words";

/** A surgeon's table: where they are, who comes next, whom they have with them. */
export function TablePage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="table" roles={["surgeon", "organiser"]} who={t("who")}>
      {() => (me()?.surgeon ? <Table key={event} event={event} /> : <NoProfile />)}
    </DeskOf>
  );
}

function NoProfile() {
  return (
    <div class="stack">
      <Title>{t("noProfileTitle")}</Title>
      <p>{t("noProfile")}</p>
    </div>
  );
}
