using System.Text.Json;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing;

/// <summary>
/// Compares a user's <c>password</c>: an import keeps that of a claimed account and replaces that of an unclaimed one (docs/sentry-import.md,
/// section 8.2).
/// </summary>
/// <remarks>
/// Looked at besides are <c>is_unclaimed</c>, <c>last_password_change</c> and <c>is_password_expired</c>, which other comparators may
/// claim.
/// </remarks>
public sealed class UserPasswordObfuscatingComparator() : ObfuscatingComparator([Password])
{
    private const string Password = "password";
    private const string Change = "last_password_change";

    /// <inheritdoc />
    public override string Kind => nameof(UserPasswordObfuscatingComparator);

    /// <inheritdoc />
    internal override bool IsContent => false;

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var (wasUnclaimed, isUnclaimed) = (Is(pair.Left, "is_unclaimed"), Is(pair.Right, "is_unclaimed"));
        if (wasUnclaimed && !isUnclaimed)
        {
            Report(pair, "the left user was unclaimed, and the right one is claimed");
        }

        if (!isUnclaimed)
        {
            base.Compare(pair, field, left, right);
            return;
        }

        if (AreEqual(left, right))
        {
            var shown = Shorten(left);
            ReportField(
                pair, field, shown, shown, $"the left value (\"{shown}\") of `{field}` was equal to the right value, although the right user is unclaimed",
                "was to be made anew for an unclaimed user");
        }

        if (ChangeOf(pair.Left) > ChangeOf(pair.Right))
        {
            Report(pair, $"the left value of `{Change}` was later than the right value");
        }

        if (Is(pair.Right, "is_password_expired"))
        {
            Report(pair, "the right password of an unclaimed user is expired");
        }
    }

    /// <inheritdoc />
    protected override string Shorten(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length switch
        {
            > 80 => $"{value[..12]}...{value[^6..]}",
            > 40 => $"{value[..6]}...{value[^4..]}",
            _ => "...",
        };
    }

    private static bool Is(ComparedRecord record, string field) =>
        record.TryGetField(field, out var value) && value.ValueKind == JsonValueKind.True;

    private static long ChangeOf(ComparedRecord record) =>
        (record.TryGetField(Change, out var value) ? ComparedDates.Read(value) : null) ?? DateTime.UnixEpoch.Ticks;
}
