using System.Runtime.CompilerServices;

namespace Relocation.Testing.Importing;

/// <summary>A few rows of one table, their bytes side by side in memory that does not move.</summary>
/// <remarks>The arena is pinned so that a driver may read values in place until the batch is cleared.</remarks>
internal sealed class RowBatch
{
    private const int InitialArena = 16 * 1024;

    /// <summary>An arena that one huge record made larger than this is given back when the batch is cleared.</summary>
    private const int KeptArena = 1024 * 1024;

    private readonly Cell[] _cells;
    private byte[] _arena = GC.AllocateUninitializedArray<byte>(InitialArena, pinned: true);
    private int _used;

    internal RowBatch(IReadOnlyList<RelocationField> columns, int capacity)
    {
        Columns = columns;
        Capacity = capacity;
        _cells = new Cell[columns.Count * capacity];
        Ranks = new int[capacity];
    }

    /// <summary>The columns of every row, in order.</summary>
    internal IReadOnlyList<RelocationField> Columns { get; }

    internal int Capacity { get; }

    /// <summary>The number of rows.</summary>
    internal int Count { get; private set; }

    internal bool IsFull => Count == Capacity;

    /// <summary>For each row, its record's rank among the model's records in the backup; a writer's error leads back by it.</summary>
    internal int[] Ranks { get; }

    /// <summary>The pinned bytes that cells point into. Another array after growth: read it after the last <c>Reserve</c>.</summary>
    internal byte[] Arena => _arena;

    internal ReadOnlySpan<Cell> Row(int row) => _cells.AsSpan(row * Columns.Count, Columns.Count);

    /// <summary>One cell, for an engine that puts its own form of a value in its place.</summary>
    internal ref Cell CellAt(int row, int column) => ref _cells[(row * Columns.Count) + column];

    /// <summary>The cells of the row being filled; <see cref="CompleteRow"/> keeps it.</summary>
    internal Span<Cell> NextRow() => _cells.AsSpan(Count * Columns.Count, Columns.Count);

    internal void CompleteRow(int rank)
    {
        Ranks[Count] = rank;
        Count++;
    }

    /// <summary>Room for that many bytes at <paramref name="start"/>; <see cref="Commit"/> keeps what was written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> Reserve(int length, out int start)
    {
        start = _used;
        if (_arena.Length - _used < length)
        {
            Grow(length);
        }

        return _arena.AsSpan(_used, length);
    }

    internal void Commit(int written) => _used += written;

    /// <summary>Copies bytes into the arena.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Cell Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length, out var start));
        _used += bytes.Length;
        return Cell.Bytes(start, bytes.Length);
    }

    internal ReadOnlySpan<byte> BytesOf(in Cell cell) => _arena.AsSpan(cell.Start, cell.Length);

    internal void Clear()
    {
        Count = 0;
        _used = 0;
        if (_arena.Length > KeptArena)
        {
            _arena = GC.AllocateUninitializedArray<byte>(InitialArena, pinned: true);
        }
    }

    private void Grow(int length)
    {
        var wanted = Math.Max(_arena.Length * 2L, _used + (long)length);
        var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(wanted, Array.MaxLength), pinned: true);
        _arena.AsSpan(0, _used).CopyTo(larger);
        _arena = larger;
    }
}
