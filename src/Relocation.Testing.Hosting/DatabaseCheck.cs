using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Relocation.Testing.Hosting;

/// <summary>When the host starts, before anything else does: looks at what its contexts open, and at what else might lead elsewhere.</summary>
internal sealed class DatabaseCheck(DatabaseServices databases, IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (databases.NotReplaced() is { Count: > 0 } services)
        {
            throw HostingErrors.NotReplaced(services);
        }

        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            foreach (var context in databases.Contexts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await context.CheckAsync(scope.ServiceProvider).ConfigureAwait(false);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
