namespace Relocation.Testing;

/// <summary>A model of the backup that the relocation model does not know.</summary>
/// <param name="Model">The label.</param>
/// <param name="Records">How many records the backup holds.</param>
/// <param name="First">Where the first of them stands.</param>
public sealed record UnknownModel(ModelLabel Model, long Records, RecordPlace First);
