import { useState } from "preact/hooks";
import { permitName, roleName } from "../../app/permits.js";
import { counted, listed, youOr } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import type { Cell, Outcomes, OutcomeRow } from "../../views/outcomes.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";

// More columns than these do not stand side by side.
const sideBySide = 4;

/** Who could do what: people of whom the same becomes are one row. */
export function Table({ outcomes, view }: { outcomes: Outcomes; view: ConversationView }) {
  const { columns, rows } = outcomes;
  return (
    <table class={columns.length > sideBySide ? "outcomes stacked" : "outcomes"} role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            Who
          </th>
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col">
              {permitName(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.people[0]} role="row">
            <th role="rowheader" scope="row">
              <Who row={row} view={view} />
            </th>
            {row.cells.map((cell, at) => (
              <td key={columns[at]} role="cell" class={cell}>
                <span class="column-name" aria-hidden="true">
                  {permitName(columns[at] ?? "")}
                </span>
                <CellOf cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const many = 3;

function Who({ row, view }: { row: OutcomeRow; view: ConversationView }) {
  const [isOpen, setIsOpen] = useState(false);
  const { people, role } = row;
  const names = people.map((person) => youOr(person, view.conversation));
  const stands = role === "owner" ? "owner" : role ? roleName(view.state, role) : "";
  return (
    <span class="who">
      <span class="stack" aria-hidden="true">
        {people.slice(0, many).map((person) => (
          <Face key={person} person={person} size={34} />
        ))}
      </span>
      <span class="names">
        <b>
          {people.length > many && !isOpen ? counted(people.length, "person", "people") : listed(names, names.length)}
        </b>
        {stands && <small>{stands}</small>}
        {people.length > many && (
          <button type="button" class="link" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? "Fewer names" : "See every name"}
          </button>
        )}
      </span>
    </span>
  );
}

function CellOf({ cell }: { cell: Cell }) {
  switch (cell) {
    case "has":
      return (
        <span class="mark-has">
          <Icon name="check" size={18} />
          <span class="sr-only">may</span>
        </span>
      );
    case "lacks":
      return (
        <>
          <span aria-hidden="true">–</span>
          <span class="sr-only">may not</span>
        </>
      );
    case "loses":
      return (
        <span class="mark-loses">
          <Icon name="close" size={13} /> Loses
        </span>
      );
    case "gains":
      return (
        <span class="mark-gains">
          <Icon name="plus" size={13} /> Gains
        </span>
      );
  }
}
