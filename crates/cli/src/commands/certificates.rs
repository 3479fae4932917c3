//! The certificate of a listener, read anew when its files change.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{CipherSuite, ServerConfig};

use crate::report::{Exit, Failure};
use crate::said;
use crate::settings::serving::TlsFiles;

/// A certificate that can be changed while connections are open.
#[derive(Debug)]
pub struct Certificates {
    files: TlsFiles,
    served: RustlsConfig,
    seen: Option<Stamp>,
}

/// Tells one state of both files from another, also when a link has come to point elsewhere.
type Stamp = [(u64, i64, i64, u64); 2];

/// Why the files cannot be used.
#[derive(Debug, thiserror::Error)]
enum Unusable {
    #[error("reading {0}")]
    Pem(String, #[source] rustls::pki_types::pem::Error),
    #[error("{0} holds no certificate")]
    Empty(String),
    #[error("joining certificate and key")]
    Pair(#[source] rustls::Error),
}

impl Certificates {
    /// Reads both files.
    pub fn read(files: TlsFiles) -> Result<Self, Failure> {
        let seen = stamp(&files).ok();
        let config = config(&files).map_err(|error| {
            Failure::new(
                Exit::WrongUse,
                "certificate",
                said!("the certificate cannot be used", "sertifikat tidak dapat dipakai"),
                said!(
                    "correct tls.certificate_file and tls.key_file",
                    "perbaiki tls.certificate_file dan tls.key_file"
                ),
            )
            .because(&error)
        })?;
        Ok(Self { files, served: RustlsConfig::from_config(Arc::new(config)), seen })
    }

    /// What a listener holds on to: it follows every change.
    #[must_use]
    pub fn served(&self) -> RustlsConfig {
        self.served.clone()
    }

    /// Reads the files again if they have changed since they were last looked at. New
    /// connections get the new certificate, open ones live on. A pair that cannot be used, for
    /// instance one that is being replaced at this moment, leaves the old one in place.
    pub fn follow_files(&mut self) {
        let now = stamp(&self.files).ok();
        if now == self.seen {
            return;
        }
        self.seen = now;
        match config(&self.files) {
            Ok(config) => {
                self.served.reload_from_config(Arc::new(config));
                tracing::info!(file = %self.files.certificate.display(), "a new certificate");
            }
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the new certificate cannot be used, the old one stays"
            ),
        }
    }
}

fn stamp(files: &TlsFiles) -> io::Result<Stamp> {
    let one = |path: &Path| {
        let data = fs::metadata(path)?;
        Ok::<_, io::Error>((data.ino(), data.mtime(), data.mtime_nsec(), data.size()))
    };
    Ok([one(&files.certificate)?, one(&files.key)?])
}

/// Suites that TLS 1.2 has and BCP 195 does not recommend.
const LEFT_OUT: [CipherSuite; 2] = [
    CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
];

/// The suites of aws-lc-rs: forward-secret AEAD, nothing else. Under TLS 1.2 only those that
/// BCP 195 recommends, since FAPI 2.0 takes no other (5.2.1).
fn provider() -> CryptoProvider {
    let mut provider = aws_lc_rs::default_provider();
    provider.cipher_suites.retain(|suite| !LEFT_OUT.contains(&suite.suite()));
    provider
}

/// TLS 1.3 and 1.2.
fn config(files: &TlsFiles) -> Result<ServerConfig, Unusable> {
    let shown = |path: &Path| path.display().to_string();
    let unreadable = |path| move |error| Unusable::Pem(shown(path), error);
    let chain = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(unreadable(&files.certificate))?;
    if chain.is_empty() {
        return Err(Unusable::Empty(shown(&files.certificate)));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(unreadable(&files.key))?;
    let mut config = ServerConfig::builder_with_provider(provider().into())
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(Unusable::Pair)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(Unusable::Pair)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use rustls::{ProtocolVersion, SupportedCipherSuite};

    use super::*;

    #[test]
    fn q01_tls_1_2_speaks_what_bcp_195_recommends_and_nothing_else() {
        let older: Vec<CipherSuite> = provider()
            .cipher_suites
            .iter()
            .filter(|suite| suite.version().version == ProtocolVersion::TLSv1_2)
            .map(SupportedCipherSuite::suite)
            .collect();
        let recommended = [
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ];
        assert_eq!(older.len(), recommended.len());
        assert!(recommended.iter().all(|suite| older.contains(suite)), "{older:?}");
    }
}
