using System.Data.Common;
using System.Diagnostics;
using Relocation.Testing.Specification.Sentry.Tasks;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

/// <summary>Npgsql tells of all statements of the process, by its traces.</summary>
internal sealed class PostgreSqlStatementWatch : StatementWatch
{
    private static readonly ActivityListener Listener = new()
    {
        ShouldListenTo = static source => source.Name == "Npgsql",
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        ActivityStarted = static _ => OnStatement(),
    };

    static PostgreSqlStatementWatch() => ActivitySource.AddActivityListener(Listener);

    protected override void Attach(DbConnection connection)
    {
        // It listens from now on at the latest.
    }
}
