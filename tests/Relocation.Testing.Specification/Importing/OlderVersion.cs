using System.Text.Json.Nodes;

namespace Relocation.Testing.Specification.Importing;

/// <summary>A backup as an older version may have written it: labels and fields renamed, more of both, and the rules that say so.</summary>
internal sealed class OlderVersion
{
    private readonly RelocationModel _model;
    private readonly Random _random;
    private readonly int _share;
    private readonly Dictionary<string, string> _formers = [];
    private readonly List<BackupRule> _rules = [];
    private readonly Dictionary<string, int> _expected = [];

    private OlderVersion(RelocationModel model, int seed, int share)
    {
        _model = model;
        _random = new Random(seed);
        _share = share;
    }

    internal required string Json { get; init; }

    internal required IReadOnlyList<BackupRule> Rules { get; init; }

    /// <summary>What the drift has to tell of renamed labels, whole renamed members and what is dropped.</summary>
    internal required IReadOnlyList<string> Expected { get; init; }

    /// <param name="model">The model.</param>
    /// <param name="present">The backup as it is now.</param>
    /// <param name="seed">Chooses what is changed.</param>
    /// <param name="share">How much of it, in percent.</param>
    internal static OlderVersion Of(RelocationModel model, string present, int seed, int share)
    {
        var change = new OlderVersion(model, seed, share) { Json = present, Rules = [], Expected = [] };
        var older = new JsonArray();
        foreach (var record in JsonNode.Parse(present)!.AsArray())
        {
            older.Add(change.Change(record!));
            if (change.IsChosen())
            {
                older.Add(new JsonObject { ["model"] = "shop.gone", ["pk"] = older.Count, ["fields"] = new JsonObject() });
                change.Count(BackupRuleKind.ModelDropped, "shop.gone", () => BackupRule.ModelDropped("shop.gone"));
            }
        }

        return new OlderVersion(model, seed, share)
        {
            Json = older.ToJsonString(),
            Rules = [.. change._rules],
            Expected = [.. change._expected.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal)],
        };
    }

    private JsonObject Change(JsonNode record)
    {
        var label = record["model"]!.GetValue<string>();
        var fields = new JsonObject();
        foreach (var (name, value) in record["fields"]!.AsObject())
        {
            var former = Former($"{label} {name}", name, $"{name}_{_formers.Count}");
            fields[former] = value?.DeepClone();
            var isObject = _model.Find(ModelLabel.Parse(label))!.Fields.Any(field => field.Name.StartsWith(name + ".", StringComparison.Ordinal));
            if (former != name)
            {
                if (isObject)
                {
                    Rule(BackupRule.FieldRenamed(label, former, name));
                }
                else
                {
                    Count(BackupRuleKind.FieldRenamed, former, () => BackupRule.FieldRenamed(label, former, name));
                }
            }
        }

        if (IsChosen())
        {
            fields["gone"] = new JsonObject { ["a"] = 1 };
            Count(BackupRuleKind.FieldDropped, $"{label}.gone", () => BackupRule.FieldDropped(label, "gone"));
        }

        var written = Former(label, label, $"older.m{_formers.Count}");
        if (written != label)
        {
            Count(BackupRuleKind.ModelRenamed, written, () => BackupRule.ModelRenamed(written, label));
        }

        return new JsonObject { ["model"] = written, ["pk"] = record["pk"]!.DeepClone(), ["fields"] = fields };
    }

    /// <summary>The former name, chosen when the present one is met first.</summary>
    private string Former(string what, string present, string former)
    {
        if (!_formers.TryGetValue(what, out var chosen))
        {
            chosen = IsChosen() ? former : present;
            _formers.Add(what, chosen);
        }

        return chosen;
    }

    private bool IsChosen() => _random.Next(100) < _share;

    private void Count(BackupRuleKind kind, string what, Func<BackupRule> rule)
    {
        var counted = $"{kind} {what}";
        if (_expected.TryAdd(counted, 0))
        {
            _rules.Add(rule());
        }

        _expected[counted]++;
    }

    private void Rule(BackupRule rule)
    {
        if (!_rules.Contains(rule))
        {
            _rules.Add(rule);
        }
    }
}
