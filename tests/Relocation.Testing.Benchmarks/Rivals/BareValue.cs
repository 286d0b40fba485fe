using System.Runtime.InteropServices;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>One typed value; which member counts follows from the column's kind.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct BareValue
{
    internal bool IsNull;
    internal long Integer;
    internal double Real;
    internal decimal Decimal;
    internal DateTime DateTime;
    internal Guid Guid;
    internal string? Text;
}
