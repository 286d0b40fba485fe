using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Relocation.Testing.Engines;

/// <summary>A few rows of one table, their bytes side by side in memory that does not move.</summary>
/// <remarks>
/// The arena is pinned once a driver asks for its address, so that it may read values in place until the batch is cleared. Arrays come from the shared pool: an
/// import of many small models takes no more memory than one of a single model.
/// </remarks>
internal sealed class RowBatch : IDisposable
{
    private const int InitialArena = 16 * 1024;

    /// <summary>An arena that one huge record made larger than this is given back when the batch is cleared.</summary>
    private const int KeptArena = 1024 * 1024;

    private readonly Cell[] _cells;
    private byte[] _arena = ArrayPool<byte>.Shared.Rent(InitialArena);
    private GCHandle _pin;
    private int _used;
    private bool _isDisposed;

    internal RowBatch(IReadOnlyList<RelocationField> columns, int capacity)
    {
        Columns = columns;
        Capacity = capacity;
        _cells = ArrayPool<Cell>.Shared.Rent(columns.Count * capacity);
        Ranks = ArrayPool<int>.Shared.Rent(capacity);
    }

    /// <summary>The columns of every row, in order.</summary>
    internal IReadOnlyList<RelocationField> Columns { get; }

    internal int Capacity { get; }

    /// <summary>The number of rows.</summary>
    internal int Count { get; private set; }

    internal bool IsFull => Count == Capacity;

    /// <summary>For each row, its record's rank among the model's records in the backup; a writer's error leads back by it.</summary>
    internal int[] Ranks { get; }

    /// <summary>Set where a value had more digits than its column keeps; whoever counts such values takes it back.</summary>
    internal bool HasLostDigits { get; set; }

    /// <summary>The bytes that cells point into. Others after growth: read them after the last <c>Reserve</c>.</summary>
    internal ReadOnlySpan<byte> Arena => _arena;

    /// <summary>Where the bytes that cells point into are, pinned from now on. Elsewhere after growth: read it after the last <c>Reserve</c>.</summary>
    internal nint Address
    {
        get
        {
            _pin = _pin.IsAllocated ? _pin : GCHandle.Alloc(_arena, GCHandleType.Pinned);
            return _pin.AddrOfPinnedObject();
        }
    }

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

    /// <summary>Gives back the bytes of a row that is not completed: what was written since <see cref="BytesUsed"/> was asked for.</summary>
    internal void Abandon(int bytesUsed) => _used = bytesUsed;

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

    /// <summary>Takes a cell of another batch.</summary>
    internal Cell Copy(in Cell cell, RowBatch source) => 
        cell.Length > 0 || cell.Start > 0 ? Add(source.BytesOf(cell)) : cell;

    internal ReadOnlySpan<byte> BytesOf(in Cell cell) => _arena.AsSpan(cell.Start, cell.Length);

    /// <summary>The same for readers that take memory; good until the batch grows or is cleared.</summary>
    internal ReadOnlyMemory<byte> MemoryOf(in Cell cell) => _arena.AsMemory(cell.Start, cell.Length);

    /// <summary>How many bytes the rows have.</summary>
    internal int BytesUsed => _used;

    internal void Clear()
    {
        Count = 0;
        _used = 0;
        if (_arena.Length > KeptArena)
        {
            Replace(InitialArena);
        }
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Unpin();
            ArrayPool<byte>.Shared.Return(_arena);
            ArrayPool<Cell>.Shared.Return(_cells);
            ArrayPool<int>.Shared.Return(Ranks);
        }
    }

    private void Grow(int length)
    {
        var wanted = Math.Max(_arena.Length * 2L, _used + (long)length);
        Replace((int)Math.Min(wanted, Array.MaxLength));
    }

    private void Replace(int length)
    {
        var other = ArrayPool<byte>.Shared.Rent(length);
        _arena.AsSpan(0, _used).CopyTo(other);
        Unpin();
        ArrayPool<byte>.Shared.Return(_arena);
        _arena = other;
    }

    private void Unpin()
    {
        if (_pin.IsAllocated)
        {
            _pin.Free();
        }
    }
}
