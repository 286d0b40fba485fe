using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Sanitizing.Choosing;
using Relocation.Testing.Sanitizing.Errors;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing;

/// <summary>One sanitising: a pass that learns what is to be replaced, and one that writes.</summary>
internal sealed class SanitizeRun
{
    /// <summary>How many characters a value has at least, to be replaced within longer text.</summary>
    internal const int ShortestPart = 6;

    private const int FlushAt = 64 * 1024;
    private const int ProgressInterval = 1_000;

    private static readonly JsonWriterOptions Form = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly SanitizeOptions _options;
    private readonly SanitizePlan _plan;

    internal SanitizeRun(SanitizeOptions options)
    {
        _options = options;
        _plan = SanitizePlan.Make(options.Model, options.Rules);
    }

    internal async Task<SanitizeResult> RunAsync(BackupContent content, Stream stream, CancellationToken cancellationToken)
    {
        var (index, learned) = await KnownIndex.ReadAsync(content, _plan, Begin, _options.Limits, cancellationToken).ConfigureAwait(false);
        var (sanitizer, jsonTexts) = (learned.Sanitizer!, learned.JsonTexts!);
        var dropped = new Dictionary<ModelLabel, long>();
        var writer = new Utf8JsonWriter(stream, Form);
        await using var writerLease = writer.ConfigureAwait(false);
        var records = new RecordSanitizer(writer, _plan, sanitizer, learned.Persons!, _options.ReplaceEverywhere ? new TextReplacement(learned.Known, sanitizer) : null)
        {
            TextsAreJson = jsonTexts.AreJson,
        };
        var cursor = new RecordCursor(content, _options.Limits);
        await using var cursorLease = cursor.ConfigureAwait(false);
        var written = 0L;
        writer.WriteStartArray();
        foreach (var run in index.Runs)
        {
            if (_plan.Find(run.Label) is not { } model)
            {
                dropped[run.Label] = dropped.GetValueOrDefault(run.Label) + run.Count;
                continue;
            }

            var label = Encoding.UTF8.GetBytes(JsonText.ToText(run.Spelling));
            await cursor.SeekAsync(run, cancellationToken).ConfigureAwait(false);
            while (await cursor.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                records.Write(model, label, cursor.Pk, cursor.Fields);
                if (records.Refused is not null)
                {
                    throw await RefusalAsync(content, index, run.Label, cursor.Rank, records, cancellationToken).ConfigureAwait(false);
                }

                if (++written % ProgressInterval == 0)
                {
                    _options.Progress?.Report(written);
                }

                if (writer.BytesPending > FlushAt)
                {
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }

        writer.WriteEndArray();
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        return new SanitizeResult(written, dropped, ReplacedValues(), records.Elsewhere, _plan.Kept())
        {
            JsonTexts = await JsonTextsAsync(jsonTexts, content, index, cancellationToken).ConfigureAwait(false),
        };
    }

    private LearnedValues Begin() => new(
        new KnownValues(ShortestPart, _plan.Vocabulary),
        Sanitizer.ForBackup(_options.Seed, _options.DateOffset),
        new Persons(),
        new JsonTextEvidence(_options.JsonTexts));

    private static async Task<JsonTextReport?> JsonTextsAsync(
        JsonTextEvidence jsonTexts, BackupContent content, BackupIndex index, CancellationToken cancellationToken)
    {
        if (jsonTexts.IsEmpty)
        {
            return null;
        }

        List<PlaceRequest> requests = [.. new[] { jsonTexts.FirstInText, jsonTexts.FirstNewer }.OfType<RecordRank>()
            .Select(first => (first.Rank, Records: index.Find(first.Model)!))
            .Select(first => new PlaceRequest(
                first.Records.OffsetOf(first.Rank), $"/{first.Records.ArrayIndexOf(first.Rank)}", first.Records.Label, first.Records.Keys[first.Rank], first.Rank))];
        var places = await PlaceFinder.FindAsync(content, requests, cancellationToken).ConfigureAwait(false);
        return jsonTexts.ToReport(jsonTexts.FirstInText is null ? null : places[0], jsonTexts.FirstNewer is null ? null : places[^1]);
    }

    private Dictionary<(ModelLabel Model, string Field), long> ReplacedValues() => _plan.Models
        .SelectMany(model => model.All.Where(node => node.Replaced > 0)
            .Select(node => (Key: (model.Label, node.Path), node.Replaced)))
        .GroupBy(replaced => replaced.Key)
        .ToDictionary(group => group.Key, group => group.Sum(replaced => replaced.Replaced));

    private static async Task<SanitizeException> RefusalAsync(
        BackupContent content, BackupIndex index, ModelLabel label, int rank, RecordSanitizer records, CancellationToken cancellationToken)
    {
        var (field, rule) = records.Refused!.Value;
        var found = index.Find(label)!;
        var pointer = $"/{found.ArrayIndexOf(rank)}/fields/{field.Replace('.', '/')}";
        var request = new PlaceRequest(found.OffsetOf(rank), pointer, label, ShownKey.Of(found.Keys[rank], false), rank);
        var places = await PlaceFinder.FindAsync(content, [request], cancellationToken).ConfigureAwait(false);
        return SanitizeErrors.NotSanitizable(places[0], field, rule.IsDate, $"{rule}");
    }
}
