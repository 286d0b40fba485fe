namespace Relocation.Testing;

/// <summary>A field that a model's records have and the model does not, or the other way round; or one whose values lost digits.</summary>
/// <param name="Model">The model.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Records">How many records are concerned.</param>
/// <param name="First">Where the first of them stands.</param>
public sealed record FieldDrift(ModelLabel Model, string Field, long Records, RecordPlace First);
