import { FirstSymbol } from "../_symbol/first-symbol.tsx";

export default function Page() {
  return <FirstSymbol />;
}
