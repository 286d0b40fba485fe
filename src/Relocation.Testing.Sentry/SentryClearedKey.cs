namespace Relocation.Testing;

/// <summary>
/// A key that an import has taken out of a record, since what it leads to is not imported and no reference of the model says that it is a key
/// (docs/sentry-import.md, section 2.2). The record itself was written.
/// </summary>
/// <param name="Model">The record's model.</param>
/// <param name="Key">The record's key in the backup.</param>
/// <param name="Field">Where the key was: a field, or, after a dot, a member of the object or of the list's objects that the field holds.</param>
/// <param name="Target">The model whose key it was.</param>
public sealed record SentryClearedKey(ModelLabel Model, RecordKey Key, string Field, ModelLabel Target);
