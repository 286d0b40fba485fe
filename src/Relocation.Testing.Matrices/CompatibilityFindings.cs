using System.Globalization;

namespace Relocation.Testing.Matrices;

/// <summary>Reads from an import's result, or its refusal, how backup and tables fit.</summary>
internal static class CompatibilityFindings
{
    internal static IReadOnlyList<CompatibilityFinding> Of(ImportResult result)
    {
        var drift = result.Drift;
        return [.. drift.UnknownModels.Select(model => new CompatibilityFinding(CompatibilityFindingKind.UnknownModel, model.Model.Value, model.Records))
            .Concat(drift.UnknownFields.Select(field => Finding(CompatibilityFindingKind.UnknownField, field)))
            .Concat(drift.DefaultedFields.Select(field => Finding(CompatibilityFindingKind.DefaultedField, field)))
            .Concat(drift.Declared.Select(declared => new CompatibilityFinding(
                CompatibilityFindingKind.Declared,
                declared.Field is null ? declared.Model.Value : $"{declared.Model}.{declared.Field}",
                declared.Records,
                declared.ToString())))
            .Concat(result.Dropped.Concat(result.DroppedElements).GroupBy(drop => drop.Place.Model?.Value ?? string.Empty).Select(
                group => new CompatibilityFinding(CompatibilityFindingKind.DroppedRecord, group.Key, group.Count())))
            .OrderBy(finding => finding.Kind)
            .ThenBy(finding => finding.Subject, StringComparer.Ordinal)];
    }

    /// <summary>Problems without the name of the backup, which a table shows anyway and which may be a path of one machine.</summary>
    internal static IReadOnlyList<CompatibilityFinding> Of(IReadOnlyList<BackupProblem> problems, string message) => problems.Count == 0
        ? [new CompatibilityFinding(CompatibilityFindingKind.Refusal, string.Empty, 0, message)]
        : [.. problems.Select(problem => new CompatibilityFinding(CompatibilityFindingKind.Refusal, PlaceOf(problem.Place), 0, problem.Message))];

    internal static Compatibility ResultOf(IReadOnlyList<CompatibilityFinding> findings) => findings.Count == 0
        ? Compatibility.Clean
        : findings.All(finding => finding.Kind == CompatibilityFindingKind.Declared) ? Compatibility.AsDeclared : Compatibility.Drift;

    private static CompatibilityFinding Finding(CompatibilityFindingKind kind, FieldDrift field) =>
        new(kind, $"{field.Model}.{field.Field}", field.Records);

    private static string PlaceOf(RecordPlace place)
    {
        var whole = (place with { Backup = string.Empty }).ToString();
        return string.Create(CultureInfo.InvariantCulture, $"line {whole.TrimStart(':')}");
    }
}
