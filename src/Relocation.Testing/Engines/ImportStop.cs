using Relocation.Testing.Engines;

namespace Relocation.Testing;

/// <summary>
/// Stops an import at a chosen chunk, for tests of programs that interrupt imports and go on with them. Given with
/// <see cref="ImportOptions.Stop"/>; it serves one import.
/// </summary>
/// <remarks>
/// A chunk is what <see cref="ImportOptions.ChunkSize"/> divides records into: records of one model that are written one after the other. A
/// resumable import commits each, and one chunk before the first (what was decided) and one after the last (what is done at the end).
/// </remarks>
public sealed class ImportStop
{
    private readonly Action _act;
    private readonly int _chunk;
    private readonly int _statement;

    private ImportStop(int chunk, int statement, Action? act)
    {
        _chunk = chunk;
        _statement = statement;
        _act = act ?? (() => throw DatabaseErrors.Stopped(Chunks, Statements));
    }

    /// <summary>How many chunks have been written, the one that the import stopped at included.</summary>
    internal int Chunks { get; private set; }

    /// <summary>How many statements have been sent, or were about to be: commands, or some rows.</summary>
    internal int Statements { get; private set; }

    /// <summary>How many of <see cref="Statements"/> carried rows of records; the others are commands.</summary>
    internal int RowStatements { get; private set; }

    /// <summary>Only counts: the import is not stopped.</summary>
    internal static ImportStop Never() => new(0, 0, null);

    /// <summary>Stops when a chunk's rows have been written and before they are committed.</summary>
    /// <param name="number">Which chunk, from 1; the last one of a resumable import is that of its end.</param>
    /// <param name="act">What to do there, for instance ending the process. Default: an <see cref="ImportStoppedException"/> is thrown.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is below 1.</exception>
    public static ImportStop AtChunk(int number, Action? act = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return new ImportStop(number, 0, act);
    }

    /// <summary>Stops before a statement is sent.</summary>
    /// <param name="number">Which statement, from 1.</param>
    /// <param name="act">What to do there, for instance ending the process. Default: an <see cref="ImportStoppedException"/> is thrown.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is below 1.</exception>
    internal static ImportStop AtStatement(int number, Action? act = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return new ImportStop(0, number, act);
    }

    /// <summary>A chunk's rows are written.</summary>
    internal void AfterChunk()
    {
        if (++Chunks == _chunk)
        {
            _act();
        }
    }

    /// <summary>A command is about to be sent.</summary>
    internal void BeforeStatement()
    {
        if (++Statements == _statement)
        {
            _act();
        }
    }

    /// <summary>Rows are about to be sent.</summary>
    internal void BeforeRows()
    {
        RowStatements++;
        BeforeStatement();
    }
}
