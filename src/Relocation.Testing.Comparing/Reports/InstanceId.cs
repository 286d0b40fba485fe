using System.Globalization;

namespace Relocation.Testing;

/// <summary>Names a record by its model and its position.</summary>
/// <param name="Model">The model.</param>
/// <param name="Ordinal">The position among the model's records, from 1; null for the model as a whole.</param>
public sealed record InstanceId(ModelLabel Model, int? Ordinal)
{
    /// <summary>The form of docs/sentry-import.md, section 8.6: <c>InstanceID(model: 'sentry.user', ordinal: 2)</c>.</summary>
    public override string ToString() => Ordinal is > 0 and var ordinal
        ? string.Create(CultureInfo.InvariantCulture, $"InstanceID(model: '{Model}', ordinal: {ordinal})")
        : $"InstanceID(model: '{Model}')";
}
