using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Relocation.Testing.Specification.Hosting;

/// <summary>A provider of EF Core that no test has.</summary>
internal sealed class OtherProvider : IDbContextOptionsExtension
{
    private OtherProvider() => Info = new ProviderInfo(this);

    public DbContextOptionsExtensionInfo Info { get; }

    internal static void Use(DbContextOptionsBuilder builder) =>
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new OtherProvider());

    public void ApplyServices(IServiceCollection services)
    {
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ProviderInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => true;

        public override string LogFragment => string.Empty;

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ProviderInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
