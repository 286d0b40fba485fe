using Relocation.Testing.Comparing;
using Relocation.Testing.Comparing.Pairing;

namespace Relocation.Testing;

/// <summary>Compares two backups record by record, no matter which keys the records have (docs/sentry-import.md, section 8).</summary>
/// <remarks>
/// Records are paired by what they are: by text and composite keys, unique fields, content and references; those that have changed by key
/// where most keys have stayed, else by values that only they have, and by order. What has no pair was added or removed. With
/// <see cref="ComparatorMap.PairsByPosition"/>, records are paired by their position among their model's records, or by the fields that
/// order the model, and where they cannot all be paired, that is the result. Both files are read up to three times; memory holds their keys,
/// places and hashes, not their content.
/// </remarks>
public static class BackupComparer
{
    /// <summary>Compares two backups.</summary>
    /// <param name="left">The older or expected one.</param>
    /// <param name="right">The newer or actual one.</param>
    /// <param name="options">What to go by, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <exception cref="BackupFormatException">One of them is no backup, or cannot be read; the message names it.</exception>
    public static async Task<ComparisonResult> CompareAsync(
        Backup left, Backup right, ComparisonOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        options ??= new ComparisonOptions();
        var map = options.Comparators ?? (options.Model is null ? ComparatorMap.Empty : Comparators.Default(options.Model));
        var leftSide = await ComparedSide.OpenAsync(left, options, map, isLeft: true, cancellationToken).ConfigureAwait(false);
        await using (leftSide.ConfigureAwait(false))
        {
            var rightSide = await ComparedSide.OpenAsync(right, options, map, isLeft: false, cancellationToken).ConfigureAwait(false);
            await using (rightSide.ConfigureAwait(false))
            {
                return await new Comparison(leftSide, rightSide, options, map).RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
