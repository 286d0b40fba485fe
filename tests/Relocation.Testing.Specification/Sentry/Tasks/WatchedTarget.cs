using Relocation.Testing.Engines;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>A target that remembers which databases it has made.</summary>
internal sealed class WatchedTarget
{
    internal List<string> ConnectionStrings { get; } = [];

    internal DatabaseTarget Of(DatabaseTarget target) => new Watched(target, ConnectionStrings);

    private sealed class Watched(DatabaseTarget target, List<string> made) : DatabaseTarget
    {
        public override DatabaseEngine Engine => target.Engine;

        internal override async Task<DatabaseLease> AcquireAsync(DatabaseRequest request, CancellationToken cancellationToken)
        {
            var lease = await target.AcquireAsync(request, cancellationToken);
            made.Add(lease.ConnectionString);
            return lease;
        }
    }
}
