namespace Relocation.Testing;

/// <summary>Records of one model that an import or export left out for one reason.</summary>
/// <param name="Model">The records' model; for elements of a member, the member's rows.</param>
/// <param name="Reason">Why: the filter's fields, a rule's words, or the reference to a record that was left out.</param>
/// <param name="Records">How many.</param>
public sealed record FilteredRecords(ModelLabel Model, string Reason, long Records);
