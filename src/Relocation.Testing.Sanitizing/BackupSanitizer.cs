using Relocation.Testing.Backups;
using Relocation.Testing.Sanitizing;
using Relocation.Testing.Sanitizing.Choosing;
using Relocation.Testing.Sanitizing.Rules;

namespace Relocation.Testing;

/// <summary>
/// Replaces what a backup tells about anybody, and keeps its shape: references, unique values and the order of dates
/// (docs/sentry-import.md, section 9).
/// </summary>
/// <remarks>
/// The backup is read twice, once more where a later record shows what a member of JSON is, and written once; memory holds keys, places and
/// hashes, a few dozen bytes each, and every different date, but no records. Whether anything is left is found by <see cref="LeakAudit"/>.
/// </remarks>
public static class BackupSanitizer
{
    /// <summary>Writes the sanitised form of a backup. A file appears whole or not at all.</summary>
    /// <param name="backup">The original.</param>
    /// <param name="destination">Where it is written.</param>
    /// <param name="options">What to go by.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="BackupFormatException">The original is no backup, or cannot be read.</exception>
    /// <exception cref="SanitizeException">A value is not what its rule replaces.</exception>
    /// <exception cref="ExportException">The destination cannot be written.</exception>
    /// <exception cref="ArgumentException">A rule names a field that its model does not have.</exception>
    public static async Task<SanitizeResult> SanitizeAsync(
        Backup backup, BackupDestination destination, SanitizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(options);
        var run = new SanitizeRun(options);
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            SanitizeResult? result = null;
            await destination.WriteAsync(
                async (target, token) => result = await run.RunAsync(content, target, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return result!;
        }
    }

    /// <summary>
    /// Writes all fields of the models with the rules that they have, and what made a field get its rule, in the form of a rules file
    /// (<see cref="RulesFile"/>): what is given back, as it is or edited, gives the same rules, or those. Fields without a rule are null.
    /// </summary>
    /// <param name="options">What sanitising would go by.</param>
    /// <param name="backup">A backup; the members of JSON that it holds are listed, too. Default: none, the models alone are listed.</param>
    /// <param name="cancellationToken">Cancels the reading of the backup.</param>
    /// <exception cref="BackupFormatException">The content is not a backup, or cannot be read.</exception>
    /// <exception cref="ArgumentException">A rule names a field that its model does not have.</exception>
    public static async Task<string> ListRulesAsync(SanitizeOptions options, Backup? backup = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var plan = SanitizePlan.Make(options.Model, options.Rules);
        if (backup is not null)
        {
            var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                await KnownIndex.ReadAsync(
                    content, plan, () => new LearnedValues(new KnownValues(KnownValues.LongestPart, plan.Vocabulary)), options.Limits, cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        return RulesListing.Write(options.Rules ?? SanitizeRules.Default(options.Model), plan);
    }
}
