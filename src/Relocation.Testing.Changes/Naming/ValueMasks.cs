using Relocation.Testing.Reading;
using Relocation.Testing.Results;

namespace Relocation.Testing.Naming;

/// <summary>Which values are shown, and what stands for the others.</summary>
internal sealed class ValueMasks
{
    private readonly ChangeOptions _options;

    /// <exception cref="ArgumentException">A rule names no field of the model.</exception>
    internal ValueMasks(RelocationModel model, ChangeOptions options)
    {
        _options = options;
        foreach (var rule in options.Volatile)
        {
            if (!model.Entities.Any(entity => Rows(entity.Label.Value, entity).Any(rows => rows.Entity.WrittenFields.Any(field => Fits(rule, rows.Name, field.Name)))))
            {
                throw ChangeErrors.NoSuchField(rule);
            }
        }
    }

    /// <summary>A value as the text of changes shows it; null for null.</summary>
    internal string? Shown(RecordTable table, int column, string? json)
    {
        var field = table.Columns[column].Field;
        if (json is null || field is null)
        {
            return ShownValue.Of(json, null);
        }

        return field.Sanitizing is { } kind && kind != SanitizeKind.Keep && !_options.ShowSanitized ? "(sanitized)"
            : field.IsVolatile || _options.Volatile.Any(rule => Fits(rule, table.Name, field.Name)) ? "(volatile)"
            : field.Type is FieldType.DateTime or FieldType.Instant && !_options.ShowTimes ? "(time)"
            : field.Type == FieldType.Guid && !_options.ShowGuids && !table.Key.Contains(column) ? "(guid)"
            : ShownValue.Of(json, table.Columns[column].Writer is null ? null : field.Type);
    }

    private static bool Fits(string rule, string model, string field) => rule == field || rule == $"{model}.{field}";

    private static IEnumerable<(string Name, RelocationEntity Entity)> Rows(string name, RelocationEntity entity) =>
        entity.Children.Concat(entity.Types.SelectMany(type => type.Rows.Children))
            .SelectMany(child => Rows($"{name}.{child.Name}", child.Rows)).Prepend((name, entity));
}
