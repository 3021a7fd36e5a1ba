"use client";

/** A page that broke says so, and can be tried again without losing its address. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="page">
      <section className="panel">
        <div className="calm" role="alert">
          <h1>This page broke</h1>
          <p>The market’s data is not affected. If it breaks again, the code below helps to find out why.</p>
          <div className="row">
            <button type="button" className="btn primary" onClick={reset}>
              Try again
            </button>
          </div>
          <p className="dim fine">{error.digest ?? error.message}</p>
        </div>
      </section>
    </main>
  );
}
