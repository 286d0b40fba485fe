using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>Writes values of one column as PostgreSQL's binary COPY wants them: a length, then the bytes.</summary>
/// <remarks>A value that the column cannot take is a <see cref="FormatException"/> whose message does not repeat the value.</remarks>
internal abstract class ColumnEncoder
{
    /// <summary>Writes one value that is not null; what the arguments mean is said at <see cref="Cell"/>.</summary>
    internal abstract void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes);
}
