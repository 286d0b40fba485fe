using System.Net;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>A user's addresses on the network: one row each, their countries looked up anew.</summary>
internal sealed class UserIpRule(ImportSettings settings) : SentryRule(settings)
{
    private readonly FirstOfEach<(object? User, IPAddress Address)> _first = new();

    public override IReadOnlyList<string> Fields { get; } = ["user", "ip_address"];

    internal override ModelLabel Model => Labels.UserIp;

    public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var record in OfNewUsers(chunk))
        {
            if (record.InBackup("ip_address") is not string text)
            {
                continue;
            }

            if (!IPAddress.TryParse(text, out var address))
            {
                record.Refuse(Errors.NoAddress());
            }
            else if (!_first.MapToEarlier(record, (record["user"], address)))
            {
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

        return Task.CompletedTask;
    }
}
