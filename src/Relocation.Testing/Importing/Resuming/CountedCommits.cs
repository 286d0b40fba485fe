using Relocation.Testing.Importing.Results;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Writing;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>Commits an import as a whole, and counts the chunks at which <see cref="ImportOptions.Stop"/> may stop it.</summary>
internal sealed class CountedCommits(ImportSetup setup, ImportStop stop) : ChunkedCommits(setup)
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
