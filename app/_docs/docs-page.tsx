import { OPEN_OPERATIONS } from "#lib/api/open/open-operations.ts";
import { exampleOf } from "#lib/api/open/openapi.ts";
import { GROUPS, type Operation } from "#lib/api/open/operation.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { Example } from "./example.tsx";
import { parameterRows } from "./parameter-rows.ts";

/** What programs may ask, from the same description that generators of clients read. */
export function DocsPage({ now }: { now: Micros }) {
  return (
    <main className="page docs">
      <div className="panel">
        <header>
          <h1>For programs</h1>
          <span className="grow" />
          <a className="btn edge" href="/api/v1/openapi.json" download="tapedeck-openapi.json">
            OpenAPI 3.1
          </a>
        </header>
        <div className="scroll">
          <Introduction />
          {GROUPS.map((group) => (
            <section key={group} aria-label={group}>
              <h2>{group}</h2>
              {OPEN_OPERATIONS.filter((operation) => operation.group === group).map((operation) => (
                <OperationView key={operation.path} operation={operation} example={exampleOf(operation, now)} />
              ))}
            </section>
          ))}
        </div>
      </div>
    </main>
  );
}

function Introduction() {
  return (
    <dl className="docs-facts">
      <dt>Times</dt>
      <dd>
        Integer microseconds since the epoch; parameters also take ISO 8601, UTC where no zone is given. UDF speaks
        seconds.
      </dd>
      <dt>Errors</dt>
      <dd>
        JSON with <code>code</code> and <code>message</code>, and the status that fits: 400 BAD_INPUT, 401 UNAUTHORIZED,
        404 NOT_FOUND, 429 RATE_LIMITED, 503 UNAVAILABLE (ask again later).
      </dd>
      <dt>Keys</dt>
      <dd>
        Asked for only where the operator configured some: <code>Authorization: Bearer ‹key›</code>, or{" "}
        <code>?key=‹key›</code> for what can send no headers.
      </dd>
      <dt>Limits</dt>
      <dd>
        Requests a minute of each key, or address: <code>RateLimit-Limit</code>, <code>RateLimit-Remaining</code> and{" "}
        <code>RateLimit-Reset</code> say what is left; 429 comes with <code>Retry-After</code>. A file or a stream is
        one request.
      </dd>
    </dl>
  );
}

function OperationView({ operation, example }: { operation: Operation; example: string }) {
  const { path, summary, description } = operation;
  const rows = parameterRows(operation.input);
  return (
    <article className="docs-operation" id={path}>
      <h3>
        <code>GET {path}</code>
        <span>{summary}</span>
      </h3>
      <p>{description.replaceAll("`", "")}</p>
      {rows.length > 0 && (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th>Parameter</th>
                <th>Type</th>
                <th>Meaning</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, required, type, meaning }) => (
                <tr key={name}>
                  <td>
                    <code>{name}</code>
                    {required && <small> needed</small>}
                  </td>
                  <td>{type}</td>
                  <td>{meaning}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Example address={example} />
    </article>
  );
}
