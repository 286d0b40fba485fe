using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing;

/// <summary>Some records of one model about which a <see cref="RecordRule"/> decides.</summary>
public sealed class RecordChunk
{
    private readonly IUndecidedRecords _undecided;

    internal RecordChunk(ImportSession session, IUndecidedRecords undecided, IReadOnlyList<ChunkRecord> records)
    {
        _undecided = undecided;
        Session = session;
        Records = records;
    }

    /// <summary>The import.</summary>
    public ImportSession Session { get; }

    /// <summary>The records' model.</summary>
    public RelocationEntity Model => _undecided.Entity;

    /// <summary>The records, in the order of the backup.</summary>
    public IReadOnlyList<ChunkRecord> Records { get; }

    /// <summary>Finds, in one query, the rows that hold the same values as the records in some fields.</summary>
    /// <param name="fields">The fields to compare; a unique set, as at most one row is found for each record.</param>
    /// <param name="ignoreCase">Whether letters that differ in case only are the same. Default: as the column compares.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <returns>For each record the row's key, or null when there is none or a value is null.</returns>
    public Task<IReadOnlyList<RecordKey?>> FindRowsAsync(
        IReadOnlyList<string> fields, bool ignoreCase, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return Session.FindRowsAsync(
            Model,
            fields,
            Records.Count,
            (index, field) => _undecided.ValueOf(Records[index].Rank, fields[field]),
            ignoreCase,
            cancellationToken);
    }
}
