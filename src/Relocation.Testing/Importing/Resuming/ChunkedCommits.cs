using Relocation.Testing.Importing.Results;
using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Writing;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>Divides records into chunks where an import may be committed.</summary>
internal abstract class ChunkedCommits(ImportSetup setup) : ImportCommits(setup)
{
    private ChunkBoundaries? _boundaries;
    private IReadOnlyList<RecordRun> _runs = [];
    private int _uncommitted;

    internal override void Arrange(IReadOnlyList<RecordRun> runs)
    {
        _runs = runs;
        _boundaries = new ChunkBoundaries(Setup.Plan, runs);
    }

    internal override int MostRecords(int run) => _boundaries!.AllowWithin(run) ? Setup.Options.ChunkSize : int.MaxValue;

    internal override Task EndChunkAsync(ImportedChunk chunk, WritingPass pass, CancellationToken cancellationToken) =>
        EndAsync(chunk, mayCommit: true, pass, cancellationToken);

    internal override Task EndRunAsync(int run, ImportedChunk last, WritingPass pass, CancellationToken cancellationToken)
    {
        // Short runs of one model that follow each other are committed together.
        _uncommitted += last.LastOrdinal - last.FirstOrdinal + 1;
        var waits = run + 1 < _runs.Count && _runs[run + 1].Label == _runs[run].Label && _uncommitted < Setup.Options.ChunkSize;
        _uncommitted = waits ? _uncommitted : 0;
        return EndAsync(last, !waits && _boundaries!.AllowAfter(run), pass, cancellationToken);
    }

    /// <summary>Some records have been handed over, and may be committed now or not yet.</summary>
    protected abstract Task EndAsync(ImportedChunk chunk, bool mayCommit, WritingPass pass, CancellationToken cancellationToken);
}
