namespace Relocation.Testing;

/// <summary>Records that an export left out.</summary>
/// <param name="Model">Their model; for elements of a member, the member's rows.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record LeftOutRecords(ModelLabel Model, string Reason, long Count);
