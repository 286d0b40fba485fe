namespace Relocation.Testing.Sentry.Rules;

/// <summary>Users: checked, merged or renamed, and, depending on the scope, without rights and password.</summary>
internal sealed class UserRule(ImportSettings settings) : SentryRule(settings)
{
    private const int LongestUsername = 128;

    private static readonly IReadOnlySet<string> NoNames = new HashSet<string>();

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly FirstOfEach<string> _merged = new(StringComparer.Ordinal);

    public override IReadOnlyList<string> Fields { get; } = ["username", "is_unclaimed"];

    internal override ModelLabel Model => Labels.User;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var same = await chunk.FindRowsAsync(["username"], ignoreCase: false, cancellationToken).ConfigureAwait(false);
        var similar = await chunk.FindRowsAsync(["username"], ignoreCase: true, cancellationToken).ConfigureAwait(false);
        var renamed = new List<(ChunkRecord Record, UniqueName Name)>();
        for (var i = 0; i < chunk.Records.Count; i++)
        {
            var record = chunk.Records[i];
            if (record["username"] is not string username)
            {
                // An absent name has no default; the import refuses the record when it reads it.
                continue;
            }

            if (Settings.Flags.MergeUsers)
            {
                // A user of the same name may be in the database, or earlier in the backup.
                if (same[i] is { } row)
                {
                    record.MapTo(row);
                    continue;
                }

                if (_merged.MapToEarlier(record, username))
                {
                    continue;
                }
            }

            if (similar[i] is not null || !_names.Add(username))
            {
                renamed.Add((record, new UniqueName(
                    chunk.Session.Values, Labels.User, record.Key, username, LongestUsername, NoNames, mayBeDigits: true)));
            }

            Sanitize(record, chunk.Session);
        }

        await RenameAsync(chunk, renamed, cancellationToken).ConfigureAwait(false);
    }

    private async Task RenameAsync(
        RecordChunk chunk, List<(ChunkRecord Record, UniqueName Name)> renamed, CancellationToken cancellationToken)
    {
        var taken = await TakenNames.FindAsync(
            chunk.Session,
            Labels.User,
            "username",
            [.. renamed.SelectMany(user => user.Name.Candidates).Distinct(StringComparer.OrdinalIgnoreCase)],
            cancellationToken).ConfigureAwait(false);
        foreach (var (record, name) in renamed)
        {
            var chosen = name.Choose(candidate => candidate == name.Base || taken.Contains(candidate) || _names.Contains(candidate));
            _names.Add(chosen);
            record["username"] = chosen;
        }
    }

    private void Sanitize(ChunkRecord record, ImportSession session)
    {
        if (!Settings.KeepsPrivileges)
        {
            record["is_staff"] = false;
            record["is_superuser"] = false;
            record["is_managed"] = false;
        }

        if (Settings.IsGlobal && record["is_unclaimed"] is not true)
        {
            return;
        }

        record["is_unclaimed"] = true;
        record["is_password_expired"] = false;
        record["last_password_change"] = session.Now;
        record["password"] = Settings.Options.HashPasswords
            ? Passwords.Hashed(session.Values, record.Key)
            : Passwords.Unusable(session.Values, record.Key);
    }
}
