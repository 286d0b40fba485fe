using Microsoft.Extensions.DependencyInjection;

namespace Relocation.Testing.Hosting;

/// <summary>A service as the application registered it.</summary>
internal static class Registered
{
    /// <summary>Makes the service; who asked for it disposes it.</summary>
    internal static object Make(ServiceDescriptor registered, IServiceProvider services) =>
        registered.ImplementationInstance
        ?? registered.ImplementationFactory?.Invoke(services)
        ?? ActivatorUtilities.CreateInstance(services, registered.ImplementationType!);
}
