using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>One thing that is decided about records before their rows are written.</summary>
internal abstract class Decision
{
    /// <summary>Decides about the records of these models, which come in the order of the plan.</summary>
    internal abstract Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken);
}
