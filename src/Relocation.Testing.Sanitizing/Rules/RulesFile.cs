using System.Buffers;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Sanitizing.Choosing;
using Relocation.Testing.Sanitizing.Errors;
using Relocation.Testing.Sanitizing.Rules;

namespace Relocation.Testing;

/// <summary>Rules that stand in a file: how fields are sanitised, and what differs between backups of other versions and the model.</summary>
/// <remarks>
/// The file is JSON; <c>docs/rules-file.md</c> tells its form. <c>relocation sanitize --list-rules</c> writes one with all rules that a
/// model has. One file serves imports, comparisons, sanitising and audits.
/// </remarks>
public sealed class RulesFile
{
    /// <summary>What stands in no label, but in connection strings that somebody gives as a rule.</summary>
    private static readonly SearchValues<char> NoLabel = SearchValues.Create(":;/@&?");

    private const int MostProblems = 10;
    private const int Largest = 16 * 1024 * 1024;

    private readonly string _name;
    private readonly IReadOnlyList<SanitizeEntry> _entries;

    private RulesFile(string name, IReadOnlyList<SanitizeEntry> entries, IReadOnlyList<BackupRule> backupRules)
    {
        _name = name;
        _entries = entries;
        BackupRules = backupRules;
    }

    /// <summary>The rules of the part <c>drift</c>, for <see cref="ImportOptions.BackupRules"/> and <see cref="RelocationModel.WithRules"/>.</summary>
    public IReadOnlyList<BackupRule> BackupRules { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RulesFileException">The file cannot be opened, is larger than 16 MB, or is no rules file. All problems are listed.</exception>
    public static RulesFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            var bytes = new byte[Largest + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= Largest ? Parse(bytes[..length], path) : throw SanitizeErrors.RulesFileTooLarge(path, Largest);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw SanitizeErrors.RulesFileUnreadable(path, exception);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="json">The text of a rules file.</param>
    /// <param name="name">What messages call it. Default: rules.</param>
    /// <exception cref="RulesFileException">The text is no rules file. All problems are listed.</exception>
    public static RulesFile Parse(string json, string name = "rules")
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json), name);
    }

    /// <summary>One rule as the command line writes it: <c>shop.customer.nickname=keep</c>, <c>shop.team.slug=slug:name</c>.</summary>
    /// <param name="rule">
    /// Model, field and kind; behind a colon the other field of <c>slug</c> and <c>upper</c>, or the JSON of <c>constant</c>. The kind
    /// <c>none</c> takes a rule away.
    /// </param>
    /// <exception cref="RulesFileException">The text is no rule.</exception>
    public static RulesFile ParseRule(string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var equals = rule.IndexOf('=', StringComparison.Ordinal);
        var target = equals < 0 ? [] : rule[..equals].Split('.', 3);
        if (target.Length < 3 || Array.Exists(target, string.IsNullOrWhiteSpace) || $"{target[0]}{target[1]}".AsSpan().ContainsAny(NoLabel))
        {
            throw SanitizeErrors.NoRule();
        }

        var kind = rule[(equals + 1)..].Split(':', 2);
        var value = kind switch
        {
            ["none"] => "null",
            [SanitizeKindName.Constant, var json] => $"{{\"kind\": \"constant\", \"value\": {(IsJson(json) ? json : JsonSerializer.Serialize(json))}}}",
            [var name, var field] => $"{{\"kind\": {JsonSerializer.Serialize(name)}, \"of\": {JsonSerializer.Serialize(field)}}}",
            _ => JsonSerializer.Serialize(kind[0]),
        };
        var text = $"{{\"sanitize\": {{{JsonSerializer.Serialize($"{target[0]}.{target[1]}")}: {{{JsonSerializer.Serialize(target[2])}: {value}}}}}}}";
        try
        {
            return new RulesFile($"rule '{rule}'", [.. Parse(text)._entries.Select(entry => entry with { Line = 0 })], []);
        }
        catch (RulesFileException exception)
        {
            throw SanitizeErrors.RulesFileWrong($"rule '{rule}'", [.. exception.Problems.Select(problem => problem with { Line = 0 })]);
        }
    }

    /// <summary>Other rules, changed by those of the part <c>sanitize</c>.</summary>
    /// <param name="rules">The rules that fields have when the file says nothing, for example <see cref="SanitizeRules.Default"/>.</param>
    /// <param name="model">The models.</param>
    /// <exception cref="RulesFileException">A rule names a model or field that is not there. All are listed.</exception>
    public SanitizeRules ApplyTo(SanitizeRules rules, RelocationModel model)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(model);
        var problems = new List<RulesFileProblem>();
        foreach (var entry in _entries)
        {
            if (ProblemOf(entry, model) is { } problem)
            {
                problems.Add(new RulesFileProblem(entry.Line, entry.Column, problem));
                continue;
            }

            var label = model.Find(entry.Model)!.Label.Value;
            rules = entry switch
            {
                { IsDefault: true } => rules,
                { Rule: { } rule } => rules.With(label, entry.Field, rule),
                _ => rules.Without(label, entry.Field),
            };
        }

        return problems.Count == 0 ? rules : throw SanitizeErrors.RulesFileWrong(_name, problems);
    }

    private static RulesFile Parse(byte[] utf8, string name)
    {
        var text = new RulesText(utf8);
        var reader = new RulesFileReader(text);
        try
        {
            reader.Read(text.Read());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var (line, column) = text.PlaceOf(exception is JsonException json ? text.PositionOf(json) : 0);
            throw SanitizeErrors.RulesFileWrong(name, [new RulesFileProblem(line, column, "This is no JSON. Look for a missing comma, quote or brace.")], exception);
        }

        return reader.Problems.Count == 0
            ? new RulesFile(name, reader.Entries, [.. reader.Drift.Select(drift => drift.Rule)])
            : throw SanitizeErrors.RulesFileWrong(name, [.. reader.Problems.Take(MostProblems)]);
    }

    private static string? ProblemOf(SanitizeEntry entry, RelocationModel model)
    {
        if (model.Find(entry.Model) is not { } entity)
        {
            var near = model.NearestLabels(entry.Model);
            return $"The model '{entry.Model}' is not there.{(near.Count > 0 ? $" Did you mean '{near[0]}'?" : string.Empty)}";
        }

        string[] fields = (entry.Rule?.NameField ?? entry.Rule?.SourceField) is { } other ? [entry.Field, SanitizePlan.Beside(entry.Field, other)] : [entry.Field];
        return fields.Where(field => !SanitizePlan.Has(entity, field)).Select(field =>
            $"The model '{entity.Label}' has no field '{field}'.{(entity.NearestFields(field) is [var like, ..] ? $" Did you mean '{like}'?" : string.Empty)}").FirstOrDefault();
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
