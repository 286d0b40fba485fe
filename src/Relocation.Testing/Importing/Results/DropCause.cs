using System.Text.Json.Serialization;

namespace Relocation.Testing;

/// <summary>One link in the chain of causes of a drop.</summary>
/// <param name="Model">The record's model.</param>
/// <param name="Reference">The reference that leads nowhere.</param>
/// <param name="Target">The model referred to.</param>
/// <param name="TargetKey">The key referred to; null when it is text and values were not asked for.</param>
/// <param name="Reason">Why the target is not there.</param>
public sealed record DropCause(
    ModelLabel Model, string Reference, ModelLabel Target, [property: JsonPropertyName("targetPk")] RecordKey? TargetKey, DropReason Reason);
