namespace Relocation.Testing.Engines;

/// <summary>One value of a row on its way from the backup to the database, in a form that no database owns.</summary>
/// <remarks>
/// What <see cref="Bits"/> or the bytes mean follows from the column's <see cref="FieldType"/>:
/// Integer: the number; Boolean: 0 or 1; Real: the bits of the double; DateTime, Time, Duration: .NET ticks; Instant: .NET
/// ticks of the UTC time, and <see cref="Offset"/>; Date: the day number of <see cref="DateOnly"/>; Decimal: invariant text in the arena; Text: UTF-8 in
/// the arena; Bytes: the bytes; Guid: 16 bytes, big-endian; Json and Array: compact JSON text in the arena.
/// </remarks>
internal readonly struct Cell
{
    private const int NullStart = -1;
    private const int AbsentStart = -2;

    /// <summary>Where moments with an offset have one, in minutes from here: far from what marks cells, and below all places of bytes.</summary>
    private const int OffsetStart = -10_000;

    private Cell(long bits, int start, int length)
    {
        Bits = bits;
        Start = start;
        Length = length;
    }

    internal static Cell Null => new(0, NullStart, 0);

    /// <summary>A value that only the database knows: the row is written without the column.</summary>
    internal static Cell Absent => new(0, AbsentStart, 0);

    internal bool IsAbsent => Start == AbsentStart;

    internal bool IsNull => Start == NullStart;

    /// <summary>The value, for types of a fixed size.</summary>
    internal long Bits { get; }

    /// <summary>Where the value's bytes start in <see cref="RowBatch.Arena"/>.</summary>
    internal int Start { get; }

    /// <summary>How many bytes the value has in <see cref="RowBatch.Arena"/>.</summary>
    internal int Length { get; }

    /// <summary>How many minutes a moment's clock was ahead of UTC.</summary>
    internal int Offset => Start < AbsentStart ? Start - OffsetStart : 0;

    internal static Cell Fixed(long bits) => new(bits, 0, 0);

    /// <summary>A moment and the offset that it was given with.</summary>
    /// <param name="ticks">The ticks of the UTC time.</param>
    /// <param name="minutes">How far the clock was ahead.</param>
    internal static Cell Moment(long ticks, int minutes) => new(ticks, minutes == 0 ? 0 : OffsetStart + minutes, 0);

    internal static Cell Bytes(int start, int length) => new(0, start, length);
}
