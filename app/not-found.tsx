import Link from "next/link";

export default function NotFound() {
  return (
    <main className="page">
      <section className="panel">
        <div className="calm">
          <h1>There is no such page</h1>
          <p>A symbol is written EXCHANGE:TICKER, as in SIM:AAPL or COINBASE:BTC-USD.</p>
          <div className="row">
            <Link className="btn primary" href="/">
              To the market
            </Link>
          </div>
        </div>
      </section>
    </main>
  );
}
