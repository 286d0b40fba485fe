using System.Globalization;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The account of a server: PostgreSQL refuses to run as root.</summary>
/// <param name="UserId">The user's number, or null for the account of this process.</param>
/// <param name="GroupId">The group's number.</param>
internal sealed record ServerAccount(int? UserId, int GroupId)
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>The prefix of a command that runs under the account.</summary>
    internal IReadOnlyList<string> Prefix => UserId is null
        ? []
        :
        [
            "setpriv",
            string.Create(CultureInfo.InvariantCulture, $"--reuid={UserId}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={GroupId}"),
            "--clear-groups",
            "--",
        ];

    /// <summary>The argument of <c>chown</c>, or null when nothing changes hands.</summary>
    internal string? Owner => UserId is null ? null : string.Create(CultureInfo.InvariantCulture, $"{UserId}:{GroupId}");

    /// <summary>This process's account, or an unprivileged one instead of root; null if there is none.</summary>
    internal static ServerAccount? Choose(bool isRoot, IEnumerable<string> passwd)
    {
        if (!isRoot)
        {
            return new ServerAccount(null, 0);
        }

        var accounts = passwd
            .Select(line => line.Split(':'))
            .Where(parts => parts.Length > 3 && Preferred.Contains(parts[0]))
            .OrderBy(parts => Array.IndexOf(Preferred, parts[0]))
            .Select(parts => new ServerAccount(
                int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture)));
        return accounts.FirstOrDefault();
    }
}
