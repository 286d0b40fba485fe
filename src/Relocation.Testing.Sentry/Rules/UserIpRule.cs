using System.Net;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>A user's network addresses: one row each, with the last record's dates and regions looked up again.</summary>
internal sealed class UserIpRule(ImportSettings settings) : SentryRule(settings)
{
    private readonly LastOfEach<(object? User, IPAddress Address)> _last = new();

    public override IReadOnlyList<string> Fields { get; } = ["user", "ip_address"];

    internal override ModelLabel Model => Labels.UserIp;

    public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        var valid = new List<(ChunkRecord Record, IPAddress Address)>();
        foreach (var record in OfNewUsers(chunk))
        {
            if (IPAddress.TryParse(record.InBackup("ip_address") as string, out var address))
            {
                valid.Add((record, address));
            }
            else if (record.Has("ip_address"))
            {
                record.Refuse(Errors.NoAddress());
            }
        }

        var rows = await chunk.Session.FindRowsAsync(
            Model,
            ["user", "ip_address"],
            [.. valid.Select(ip => (IReadOnlyList<object?>)[ip.Record["user"], ip.Record["ip_address"]])],
            ignoreCase: false,
            cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < valid.Count; i++)
        {
            var (record, address) = valid[i];
            _last.Write(record, (record["user"], address), rows[i]);
            var region = Settings.Options.FindRegion?.Invoke(address);
            record["country_code"] = region?.CountryCode;
            record["region_code"] = region?.RegionCode;
            if (!Settings.IsGlobal)
            {
                record["first_seen"] = chunk.Session.Now;
                record["last_seen"] = chunk.Session.Now;
            }
        }
    }
}
