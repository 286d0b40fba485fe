using Relocation.Testing.Backups;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Importing;

/// <summary>Commits an import as a whole, and counts the chunks at which <see cref="ImportOptions.Stop"/> may stop it.</summary>
internal sealed class CountedCommits(
    ImportStop stop, ImportPlan plan, DatabaseEngine engine, ImportOptions options, BackupContent content, Problems problems, Patience patience)
    : ChunkedCommits(plan, engine, options, content, problems, patience)
{
    protected override Task EndAsync(ImportedChunk chunk, bool mayCommit, WritingPass pass, CancellationToken cancellationToken)
    {
        if (mayCommit)
        {
            stop.AfterChunk();
        }

        return Task.CompletedTask;
    }
}
