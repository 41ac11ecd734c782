//! Contrast case (b): an overseas applicant at the beginning, with a fine inside the window.

use super::actor::Actor;

/// Tells it.
pub(super) async fn tell(consultant: &mut Actor) -> Result<(), String> {
    consultant.remember("ren.yuan@qiming.example");
    consultant.on("2026-11-20 18:00").await?;
    let once = consultant.id();
    let name = "Northmist Cloud";
    consultant
        .post(
            "/engagements/new",
            &[
                ("once", &once),
                ("code", "NM"),
                ("client_name_zh", "北岚云服务"),
                ("client_name_en", name),
                ("applicant_kind", "overseas"),
                ("legal_name", name),
                ("scope_zh", "云托管服务"),
                ("scope_en", "Managed cloud services"),
                ("site_name", "Northmist office"),
                ("edition", "2005"),
                ("kick_off_on", "2026-08-03"),
            ],
        )
        .await?;
    let base = "/e/NM";
    let certificate = [
        ("kind", "registration_certificate"),
        ("number", "NM-2020-0117"),
        ("issuer", "Companies registry"),
        ("holder_name", name),
        ("valid_from", "2020-01-11"),
        ("valid_to", "2027-01-10"),
        ("status", "in_force"),
    ];
    consultant.enter(&format!("{base}/legal-documents/new"), &certificate, &[("file_id", "Registration certificate")]).await?;
    let order = [("kind", "first_edition"), ("planned_on", "2026-11-27")];
    consultant.enter(&format!("{base}/issue-orders/new"), &order, &[]).await?;
    let parts = consultant.get(&format!("{base}/scope-parts")).await?;
    let part = parts.between(&format!("{base}/scope-parts/0"), "\"").map(|rest| format!("0{rest}")).ok_or("no scope part")?;
    consultant
        .correct(&format!("{base}/scope-parts/{part}/edit"), &[("name_en", "Northmist office"), ("in_scope", "yes"), ("planned_start_on", "2026-11-30")])
        .await?;
    consultant.enter(&format!("{base}/document-sets"), &[("prefix", "NM"), ("planned_effective_on", "2026-11-30")], &[]).await?;
    let fine = [
        ("authority", "Data protection authority"),
        ("document_no", "DPA-2026-44"),
        ("decided_on", "2026-02-12"),
        ("kind", "fine"),
        ("subject", "applicant"),
        ("status", "in_force"),
        ("authority_abroad", "yes"),
        ("related", "yes"),
    ];
    consultant.enter(&format!("{base}/penalties/new"), &fine, &[("file_id", "Decision DPA-2026-44")]).await.map(drop)
}
