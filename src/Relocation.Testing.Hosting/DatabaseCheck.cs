using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Relocation.Testing.Hosting;

/// <summary>
/// Before the host starts its services, be it all at once: looks at what its contexts open, and at what else might lead elsewhere.
/// </summary>
internal sealed class DatabaseCheck(DatabaseServices databases, IServiceScopeFactory scopes) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
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

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
