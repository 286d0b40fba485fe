using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Reports;
using Relocation.Testing.Sanitizing;
using Relocation.Testing.Sanitizing.Choosing;

namespace Relocation.Testing;

/// <summary>Looks for values of an original backup that its sanitised form still holds.</summary>
/// <remarks>
/// <para>
/// A leak is a value that a rule replaces and that still stands somewhere: in any field or key, in longer text, in JSON, in JSON that is
/// written as text, and in the names of JSON's members, whatever the letters' case. Looked for are text, dates, bytes and the strings of
/// JSON, the parts of e-mail addresses, the hosts of addresses on the web, and the slugs of names. Findings say where, and which field of the
/// original the value comes from, but not the value.
/// </para>
/// <para>
/// A value counts from <see cref="LeakAuditOptions.ShortestPart"/> characters on, a date in ISO 8601 whatever its length; one word, or one
/// number, counts as a whole word only, and not as a part of a decimal number. Where a value stood in the original, it counts at any length.
/// Not looked for are numbers, booleans, shorter values elsewhere, the names of models, fields and members of enums, text that reads as a
/// number or a date, and dates in keys and in columns of dates that have no rule. Names of JSON's members that may be data are shown as
/// <c>*</c>.
/// </para>
/// <para>
/// Where a rule has put something new, another person's value may come about by chance. There, a value counts when that is less likely than
/// one in a thousand for a backup of this size; dates, and names made of the words that sanitising uses, count only where they stood.
/// </para>
/// <para>
/// <see cref="LeakAuditResult.Kept"/> are all other values of the original that stand in fields without a rule. Fields with a rule of
/// <see cref="SanitizeKind.Keep"/> are not looked into. Both files are read once, in linear time; memory holds hashes of the original's
/// values.
/// </para>
/// </remarks>
public static class LeakAudit
{
    /// <summary>Looks for leaks.</summary>
    /// <param name="original">The original backup.</param>
    /// <param name="sanitised">What was made of it.</param>
    /// <param name="options">What to go by.</param>
    /// <param name="cancellationToken">Cancels the audit.</param>
    /// <exception cref="BackupFormatException">One of them is no backup, or cannot be read.</exception>
    /// <exception cref="ArgumentException">A rule names a field that its model does not have.</exception>
    public static async Task<LeakAuditResult> RunAsync(
        Backup original, Backup sanitised, LeakAuditOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(sanitised);
        ArgumentNullException.ThrowIfNull(options);
        var plan = SanitizePlan.Make(options.Model, options.Rules);
        KnownValues known;
        var originalContent = await BackupContent.OpenAsync(original, cancellationToken).ConfigureAwait(false);
        await using (originalContent.ConfigureAwait(false))
        {
            var (_, learned) = await KnownIndex.ReadAsync(
                originalContent, plan, () => new LearnedValues(new KnownValues(options.ShortestPart, plan.Vocabulary, isAudit: true)), options.Limits, cancellationToken)
                .ConfigureAwait(false);
            known = learned.Known;
        }

        var content = await BackupContent.OpenAsync(sanitised, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            return await FindAsync(content, plan, known, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<LeakAuditResult> FindAsync(
        BackupContent content, SanitizePlan plan, KnownValues known, LeakAuditOptions options, CancellationToken cancellationToken)
    {
        var leaks = new LeakList(options.MaxFindings);
        var finders = new Dictionary<ModelLabel, LeakFinder>();
        var labels = new LabelTable(plan.Model, label => finders[label] = new LeakFinder(label, plan, known, leaks));
        var index = await BackupIndexer.IndexAsync(
            content, labels, options.Limits, includeValues: false, TextWindow.DefaultBlockSize, null, takesDuplicates: true, cancellationToken)
            .ConfigureAwait(false);
        foreach (var records in index.Models)
        {
            for (var rank = 0; rank < records.Count && !records.Keys.IsInteger; rank++)
            {
                finders[records.Label].ObserveKey(rank, records.Keys[rank]);
            }
        }

        var log = new FindingLog(options.MaxFindings);
        foreach (var leak in leaks.Kept)
        {
            var records = index.Find(leak.Model)!;
            var key = ShownKey.Of(records.Keys[leak.Rank], false);
            var finding = new Finding
            {
                Kind = FindingKind.LeakedValue,
                On = new InstanceId(leak.Model, leak.Rank + 1),
                RightPk = key,
                Reason = $"`{leak.Field}` holds {(leak.IsWhole ? "a value" : "text with a value")} of `{leak.Source}` of the original",
            };
            var pointer = $"/{records.ArrayIndexOf(leak.Rank)}/{leak.Field.Replace('.', '/')}";
            log.Add(finding, null, new PlaceRequest(records.OffsetOf(leak.Rank), pointer, leak.Model, key, leak.Rank));
        }

        var findings = await log.PlacedAsync(null, content, cancellationToken).ConfigureAwait(false);
        return new LeakAuditResult(findings, leaks.Count, index.RecordCount, plan.Kept());
    }
}
