"""Reads bars by address as CSV and as Parquet, and prints what pandas makes of them as JSON."""

import io
import json
import sys
import urllib.request

import pandas

address, query = sys.argv[1:]


def described(frame):
    times = frame["time"]
    return {
        "rows": len(frame),
        "columns": list(frame.columns),
        "utc": str(times.dt.tz) == "UTC",
        "first": times.iloc[0].isoformat(),
        "step": (times.iloc[1] - times.iloc[0]).total_seconds(),
        "close": float(frame["close"].iloc[-1]),
        "unknown": int(frame["vwap"].isna().sum()),
        "final": bool(frame["final"].all()),
    }


csv = pandas.read_csv(f"{address}/api/bars.csv?{query}", parse_dates=["time"])
with urllib.request.urlopen(f"{address}/api/bars.parquet?{query}") as response:
    parquet = pandas.read_parquet(io.BytesIO(response.read()))
print(json.dumps({"pandas": pandas.__version__, "csv": described(csv), "parquet": described(parquet)}))
