using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>Makes several decisions about one model before the next one's, which may depend on all of them.</summary>
internal sealed class ModelByModel(params Decision[] decisions) : Decision
{
    internal override async Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            foreach (var decision in decisions)
            {
                await decision.DecideAsync([table], cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
