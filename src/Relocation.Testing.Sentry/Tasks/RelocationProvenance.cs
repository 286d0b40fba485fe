namespace Relocation.Testing;

/// <summary>Where a relocation's file comes from (docs/sentry-import.md, section 10.1). The numbers are what the database holds.</summary>
public enum RelocationProvenance
{
    /// <summary>From an instance of its own. Imported users are new ones, under free names.</summary>
    SelfHosted = 0,

    /// <summary>From another cell of the same service: users whose names are there already stand for those users.</summary>
    SaasToSaas = 1,
}
